import numpy as np,sys
from numpy.fft import fft,fftshift
def load(f,t):
    if t=='cu8': x=np.fromfile(f,np.uint8).astype(float); x=(x-127.5)/128
    elif t=='cs16': x=np.fromfile(f,np.int16).astype(float)/32768
    return x[::2]+1j*x[1::2]
C='/work/shared/captures/'
S=[('ism/dsc-security_gfile001_433.92M_250k.cu8','cu8',250e3,[(0.19642,0.22208)],3174),
('ism/BLUE.C16','cs16',500e3,[(0.09164,0.2883)],4272),
('ism/rtlsdr_868.950M_1M6_samples2.cu8','cu8',1.6e6,[(0.03925,.046),(.25562,.27037)],-7422),
('odd/oregon-cm180.sigmf-data','cu8',250e3,[(.09299,.22206)],-28442)]
def welch(x,n,step=None):
    w=np.hanning(n); P=np.zeros(n);c=0
    for i in range(0,len(x)-n+1,n//2): P+=np.abs(fft(x[i:i+n]*w))**2;c+=1
    return fftshift(P)/max(c,1)/(w**2).sum()
for f,t,fs,bl,truth in S:
    x=load(C+f,t); print(f,truth)
    for n in (64,128,256,512,1024,2048):
        sel=np.concatenate([x[int(a*fs):int(b*fs)] for a,b in bl])
        # keyed: amplitude above
        a=np.abs(sel); sm=np.convolve(a**2,np.ones(16)/16,'same'); k=sm>0.1*sm.max()
        P=welch(sel,n); 
        # noise from outside
        out=np.concatenate([x[:int(bl[0][0]*fs)-200],x[int(bl[-1][1]*fs)+200:]])
        N=welch(out,n) if len(out)>n else np.median(P)
        D=np.maximum(P-N,0); 
        fr=(np.arange(n)-n/2)*fs/n
        c=np.cumsum(D)/D.sum()
        lo=fr[np.searchsorted(c,.005)];hi=fr[np.searchsorted(c,.995)]
        print('  n %5d  lo %8.0f hi %8.0f centre %8.0f  bw %8.0f  mean %8.0f median %8.0f  90%%c %8.0f peak %8.0f'%(n,lo,hi,(lo+hi)/2,hi-lo,(fr*D).sum()/D.sum(),fr[np.searchsorted(c,.5)],(fr[np.searchsorted(c,.05)]+fr[np.searchsorted(c,.95)])/2,fr[D.argmax()]))
